"""帳票: reports chosen, looked at as the pages they will be, checked, and written out."""
