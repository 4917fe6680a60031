package io.tieback.notice;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How people are written to; from the settings {@code mail.*} and {@code console.url}.
 *
 * @param enabled whether mails are written at all
 * @param further addresses beside the users that hear of failures
 * @param language language of those, and of people who are no users
 * @param console where the console is, without a path, or null when mails shall have no links
 * @param failureWindow how long failures of a connection are collected after a first one was told;
 *     zero tells each at once
 * @param resentCommitments whether approvers are told at once of a commitment that is sent again
 *     (C-09)
 * @param digestAt time of day of the daily summary
 * @param zone in which zone
 * @param escalateAfter after how long administrators are told of an item that waits; null for never
 * @param warnBefore how long before a sign-in ends people are told, the longest first
 * @param unusedEndsAfter how long a sign-in lasts that is not used, by the system's short name;
 *     what is not named does not end
 */
public record MailPolicy(
    boolean enabled,
    List<String> further,
    Locale language,
    URI console,
    Duration failureWindow,
    boolean resentCommitments,
    LocalTime digestAt,
    ZoneId zone,
    Duration escalateAfter,
    List<Duration> warnBefore,
    Map<String, Duration> unusedEndsAfter) {

  public MailPolicy {
    further = List.copyOf(further);
    warnBefore = warnBefore.stream().sorted((a, b) -> b.compareTo(a)).toList();
    unusedEndsAfter = Map.copyOf(unusedEndsAfter);
  }

  /** Page of an item of the queue, or null without a console. */
  String item(long id) {
    return page("items/" + id);
  }

  /** A page of the console, or null without one. */
  String page(String path) {
    return console == null ? null : console + "/console/" + path;
  }

  /** One of the six lists, by its path segment. */
  String list(String path) {
    return page("lists/" + path);
  }

  /** Where somebody chooses their mails, or null without a console. */
  String profile() {
    return page("profile");
  }
}
