"""The command line: parse, call, show. No rule and no number lives here."""
