"""Holdings 持股: who may move shares to whom, how it is booked, and what burdens them."""
