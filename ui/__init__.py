"""What people see and type; the only floor that knows Qt."""
