"""Pages: what a person sees and posts, made from the declarations and the door's values.

Not for rules: what may be entered is `ledgers.check`, who may do it is `access` and the door.
"""
