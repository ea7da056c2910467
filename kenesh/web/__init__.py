"""The web: parse, call an act, show. Never a rule, never SQL.

Pages are rendered by the server and read without JavaScript; one small script keeps them live.
"""
