"""A fictional council to look at: its profile, its texts, and a meeting in progress.

Everything is built by the same acts that people use; nothing is put into the store by hand.
"""
