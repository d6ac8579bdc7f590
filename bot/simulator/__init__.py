"""A local Bot API server with phones in a web page: demo and test partner in one."""
