package io.tieback.ledger;

import java.time.Instant;
import java.time.LocalDate;

/**
 * While somebody is away another one decides with their rights, in their own name.
 *
 * @param id the ledger's key
 * @param fromUser who is away
 * @param toUser who decides meanwhile
 * @param firstDay first day, in the deployment's time zone
 * @param lastDay last day, included
 * @param reason why
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param revokedAt when it was taken back, or null
 */
public record Delegation(
    long id,
    long fromUser,
    long toUser,
    LocalDate firstDay,
    LocalDate lastDay,
    String reason,
    Instant createdAt,
    String createdBy,
    Instant revokedAt) {}
