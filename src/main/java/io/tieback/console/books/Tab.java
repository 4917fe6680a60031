package io.tieback.console.books;

/**
 * A tab that is a page.
 *
 * @param label what it says
 * @param path where it leads
 * @param current whether it is the one that is shown
 * @param count how many wait there, or null
 */
record Tab(String label, String path, boolean current, Long count) {}
