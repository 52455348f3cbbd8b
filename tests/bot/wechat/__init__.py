"""The WeChat channels, tried against platforms that only pretend, and people with telephones that do as well."""
