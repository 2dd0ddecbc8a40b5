"""The application: settings, client, clock, keeper, herald, charts, reports, playground and command line."""
