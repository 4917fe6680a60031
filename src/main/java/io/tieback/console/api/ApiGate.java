package io.tieback.console.api;

import io.tieback.approval.Person;
import io.tieback.console.door.Tokens;
import io.tieback.console.web.Call;
import io.tieback.console.web.ClientAddress;
import io.tieback.ledger.ApiKeys;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Who calls the API: by {@code Authorization: Bearer <key>} alone, never by a cookie, so that no
 * page of somebody else can make a browser do it. Calls are counted by key, failed ones by network
 * address, on each node by itself.
 */
final class ApiGate {

  /** Failed attempts of one address within a minute. */
  private static final int MOST_FAILED = 60;

  private static final String SCHEME = "Bearer ";
  private static final int LONGEST = 200;

  private final Ledger ledger;
  private final LongFunction<Optional<Person>> people;
  private final int most;
  private final Clock clock;
  private final Map<String, Integer> counts = new HashMap<>();
  private Instant minute = Instant.EPOCH;

  /**
   * @param most calls of one key within a minute
   */
  ApiGate(Ledger ledger, LongFunction<Optional<Person>> people, int most, Clock clock) {
    this.ledger = ledger;
    this.people = people;
    this.most = most;
    this.clock = clock;
  }

  /** Somebody's program. */
  record Caller(Person person, ApiKeys.ApiKey key) {}

  /**
   * @throws ApiProblem when the key is none, or called too often
   */
  Caller caller(Call call) {
    String from = "from:" + ClientAddress.counted(call.from());
    String given = call.header("Authorization").orElse("");
    Optional<ApiKeys.ApiKey> key =
        given.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && given.length() <= LONGEST
            ? ledger.apiKeys().use(Tokens.hash(given.substring(SCHEME.length()).strip()))
            : Optional.empty();
    Optional<Person> person = key.flatMap(found -> people.apply(found.userId()));
    if (person.isEmpty()) {
      // Only bad keys count here: whoever shares the address and has a good one is never kept out.
      if (count(from, true) > MOST_FAILED) {
        throw tooMany(MOST_FAILED + " calls without a good key from one address");
      }
      throw ApiProblem.of(
          401,
          "key",
          given.isEmpty()
              ? "No key was sent."
              : "The key is not known, was revoked or has ended, or its user is not active.",
          "Make a key under Profile, API keys, and send it as 'Authorization: Bearer tbk_...'.");
    }
    if (count("key:" + key.get().id(), true) > most) {
      throw tooMany(most + " calls of one key");
    }
    return new Caller(person.get(), key.get());
  }

  private static ApiProblem tooMany(String limit) {
    return ApiProblem.of(
        429,
        "rate",
        "More than " + limit + " were made within this minute.",
        "Wait as long as Retry-After says; console.api-calls-per-minute is the limit of a key.");
  }

  /** Seconds to the next minute. */
  long wait(Instant now) {
    return 60 - now.getEpochSecond() % 60;
  }

  private synchronized int count(String who, boolean more) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      counts.clear();
      minute = now;
    }
    return more ? counts.merge(who, 1, Integer::sum) : counts.getOrDefault(who, 0);
  }
}
