"""What monitoring asks: is it alive, is it ready, what are its figures."""
