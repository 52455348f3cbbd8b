"""The places where people talk to Huiqi; each module is one of them."""
