"""Kenesh: call a meeting, negotiate a statement, adopt it, publish it, find it again.

The rooms of the house, from the ground up; imports point down only:

    statement   the model of a text and its leading phrases
    bodies      who sits, who decides, how
    drafting    proposals and the rolling text
    meeting     commands, events, state
    reading     bytes to statement          editions   statement to bytes
    record      what cannot be rewritten    register   agreed language
    store       ports and their backends    app        one function per act
    web, cli    the faces
"""

__version__ = "0.1.0"
