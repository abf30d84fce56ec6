"""The script that Streamlit runs for every editor; desk_app.py serves it."""

if __name__ == "__main__":  # not in the processes that the desk starts, which come by here
    from geo.desk.page import page

    page()
