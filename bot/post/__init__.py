"""The mail between platforms and the front desk: kept, attended to in order, sent in order."""
