"""`make quick`: what tells within a minute whether a change is sound."""
