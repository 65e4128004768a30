"""What other systems read at `/api/v1/…`: the tables of `kpi export` and their codes, for who may see them.

It knows HTTP, and who asks only through the function that it is given; it writes nothing and knows no screen.
"""
