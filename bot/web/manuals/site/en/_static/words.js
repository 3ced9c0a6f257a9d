// What the search says. Sphinx's own file of translations evaluates a string, which the service's policy forbids.
Documentation.TRANSLATIONS = {};