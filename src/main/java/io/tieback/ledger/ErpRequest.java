package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;

/**
 * An ERP request as the ledger has it.
 *
 * @param row the ledger's key
 * @param connection whose it is
 * @param requestId Procore's id of the request; 0 for what was accepted at Tieback's own door
 * @param companyId Procore's id of the company
 * @param source how it became known
 * @param state received, reading, staged, parked, unrecognised, answered or dead
 * @param name Procore's name of the event, such as {@code create_requisitions}; null until it was
 *     read
 * @param body what the request holds, as JSON; null until it was read
 * @param attempts how often reading it failed so far
 * @param apiCalls calls that it has cost so far
 * @param failureMessage why it could not be read, or why it is parked; null when neither
 * @param receivedAt when it became known
 */
public record ErpRequest(
    long row,
    ConnectionId connection,
    long requestId,
    long companyId,
    Source source,
    String state,
    String name,
    String body,
    int attempts,
    int apiCalls,
    String failureMessage,
    Instant receivedAt) {}
