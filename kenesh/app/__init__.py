"""The acts: one function each, the only writers. Every face calls these and nothing below.

    load, decide, append, notify

An act takes the `House` (the open data folder, its clock and its chance) and an `Actor` first.
"""
