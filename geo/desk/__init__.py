"""The desk: where editors check what was read, and publish it; every request behind a sign-in.

It is a program of its own (``border-incidents desk``) with Streamlit as the frame, built of the dashboard's parts. The
dashboard never imports it.
"""
