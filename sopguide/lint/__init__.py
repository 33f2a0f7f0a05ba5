"""What is wrong with the flow of an SOP, one module a rule; and the manual page of every code."""
