package io.tieback.flow;

import io.tieback.construction.Outgoing;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ComposedDocument;

/**
 * A record that was checked and composed and is not stored yet.
 *
 * @param subject whose it is, for the failure desk
 * @param outgoing what it becomes
 * @param acceptance what an acceptance binds ({@link Mapping#digest})
 * @param document what is stored of it
 */
public record PreparedRecord(
    Subject subject, Outgoing outgoing, String acceptance, ComposedDocument document) {}
