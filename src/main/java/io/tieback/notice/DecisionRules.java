package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import java.util.function.Predicate;

/**
 * What mails about decisions have to know of the settings.
 *
 * @param fourEyes whether whoever sent a record of the connection may not accept it (GEN-PERM-21)
 * @param directCommitments whether commitments of the connection go out without an approver
 *     (GEN-DEX-01): nobody is told at once of one that is sent again
 */
public record DecisionRules(
    Predicate<ConnectionId> fourEyes, Predicate<ConnectionId> directCommitments) {}
