"""What people see: Components V2 layouts made from the keeper's cards, and the buttons on them."""
