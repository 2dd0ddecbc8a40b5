"""Results as papers print them: many minds over common seeds and scenarios, with intervals, tests and tables."""
