"""What persons do with incidents: the queue of what waits for them, their acts with their rights, and corrections."""
