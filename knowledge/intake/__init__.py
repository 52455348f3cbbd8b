"""How a document that arrives is read: apart from the service, within limits, and never as anything but text."""
