/**
 * PostgreSQL: work items, the journal of writes, links, cursors, payments, dead letters, audit. The
 * only room with SQL. It knows the words of {@code construction} and nothing else. {@link
 * io.tieback.ledger.Ledger} is the door.
 */
package io.tieback.ledger;
