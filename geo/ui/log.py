"""The log of a program that Streamlit serves: Streamlit's own loggers are brought under the rules of ``geo.logs``."""

from __future__ import annotations

import logging

from streamlit import logger as streamlit_logger

from geo.logs import pass_on, start_log


def start_server_log() -> None:
    """Let everything that is logged in this process go through one handler; see ``geo.logs``.

    Streamlit gives each of its loggers a handler of its own, those made later too.
    """
    start_log()
    streamlit_logger.setup_formatter = pass_on
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] == "streamlit":
            pass_on(logger)
            logger.setLevel(logging.WARNING)
