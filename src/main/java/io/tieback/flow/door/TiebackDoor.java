package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Intake;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.ConnectionWatch;
import io.tieback.ledger.Cursors;
import io.tieback.ledger.DoorRecords;
import io.tieback.ledger.Ledger;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the routes of {@code routes/out/tieback-door.camel.yaml}: Procore's public resources
 * are asked for what changed, and the queue is told (design section 2). No endpoint of the ERP tab
 * is called here.
 */
public final class TiebackDoor {

  private static final Logger LOG = LoggerFactory.getLogger(TiebackDoor.class);
  private static final String ROUND = "tiebackDoorRound";

  /** Turns of the whole reading and of what webhooks named, in the ledger. */
  static final String TURN = "turn";

  private static final String HINT_TURN = "turn-of-hints";

  /** Webhooks that come together are answered together. */
  private static final Duration HINTS_TOGETHER = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Function<ConnectionId, ReadingSettings> settings;
  private final Intake intake;
  private final Clock clock;

  /**
   * What connections were when all of their records were last looked at: with other settings they
   * are others, and what was refused may be in order by now.
   */
  private final Map<ConnectionId, ConnectionRoom> lookedAtAll = new ConcurrentHashMap<>();

  private final DoorHooks hooks = new DoorHooks();

  /** Wires it. */
  public TiebackDoor(
      Ledger ledger,
      ConnectionRooms rooms,
      ConnectionWatch watch,
      Function<ConnectionId, ReadingSettings> settings,
      Intake intake,
      Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.settings = settings;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * What a reading came to, for people.
   *
   * @param records records that were new or changed
   * @param sent records that were sent to the approvers
   * @param problems what could not be read, with why
   */
  public record Report(int records, int sent, List<String> problems) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  /**
   * The readings that are due: of several nodes one gets each. Connections at Procore's own door
   * have none.
   */
  public List<DoorRound> due() {
    List<DoorRound> due = new ArrayList<>();
    for (ConnectionRoom room : rooms.all()) {
      if (!room.door().tieback()
          || ledger.connections().get(room.id()).orElseThrow().pausedAt() != null) {
        continue;
      }
      Duration every = settings.apply(room.id()).every();
      if (ledger.doorReadings().takeTurn(room.id(), TURN, every)) {
        due.add(new DoorRound(room.id(), true));
      } else if (!ledger.doorReadings().hints(room.id(), 1).isEmpty()
          && ledger.doorReadings().takeTurn(room.id(), HINT_TURN, HINTS_TOGETHER)) {
        due.add(new DoorRound(room.id(), false));
      }
    }
    return due;
  }

  /** Step: what has to be read; the body goes from the {@link DoorRound} to its steps. */
  public void plan(Exchange exchange) {
    DoorRound round = exchange.getMessage().getBody(DoorRound.class);
    exchange.setProperty(ROUND, round);
    exchange.getMessage().setBody(plan(round));
  }

  private List<DoorStep> plan(DoorRound round) {
    ConnectionRoom room = rooms.of(round.connection());
    try {
      DoorPlanner planner = new DoorPlanner(ledger, rooms, room, settings.apply(room.id()), clock);
      if (!round.whole()) {
        return planner.hinted();
      }
      List<DoorStep> steps = planner.whole();
      hooks.ensure(room, settings.apply(room.id()), planner.projects());
      return steps;
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      LOG.warn(
          "Procore could not be asked what changed connection='{}' kind='{}' why='{}' remedy='{}'",
          room.id(),
          failure.kind(),
          failure.getMessage(),
          failure.remedy());
      round.problem("projects: " + failure.getMessage());
      return List.of();
    }
  }

  /**
   * Step: reads; the body goes from the step to a {@link DoorBatch}, or to nothing when it cannot
   * be read now.
   */
  public void read(Exchange exchange) {
    DoorRound round = exchange.getProperty(ROUND, DoorRound.class);
    exchange.getMessage().setBody(read(round, exchange.getMessage().getBody(DoorStep.class)));
  }

  private DoorBatch read(DoorRound round, DoorStep step) {
    ConnectionRoom room = rooms.of(round.connection());
    if (!round.goesOn(step)) {
      return null;
    }
    try {
      return new DoorReader(room, settings.apply(room.id()), known(room.id()), clock).read(step);
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      round.failed(step, failure);
      LOG.warn(
          "not read connection='{}' resource='{}' kind='{}' why='{}' remedy='{}'",
          room.id(),
          step.cursor(),
          failure.kind(),
          failure.getMessage(),
          failure.remedy());
      return null;
    }
  }

  private DoorReader.KnownRecords known(ConnectionId connection) {
    return new DoorReader.KnownRecords() {
      @Override
      public Map<Long, Instant> updated(String entity, List<Long> ids) {
        return ledger.doorRecords().updated(connection, entity, ids);
      }

      @Override
      public Map<Long, JsonNode> events(String entity, List<Long> ids) {
        Map<Long, JsonNode> events = new HashMap<>();
        ledger
            .doorRecords()
            .events(connection, entity, ids)
            .forEach((id, event) -> events.put(id, Json.read(event)));
        return events;
      }
    };
  }

  /** Step: judges and records what was read, and moves the cursor with it. */
  public void record(Exchange exchange) {
    DoorRound round = exchange.getProperty(ROUND, DoorRound.class);
    DoorBatch batch = exchange.getMessage().getBody(DoorBatch.class);
    if (batch != null) {
      record(round, batch);
    }
  }

  private void record(DoorRound round, DoorBatch batch) {
    ConnectionRoom room = rooms.of(batch.connection());
    ReadingSettings reading = settings.apply(room.id());
    DoorPeople people = round.people(room.client().publicRecords());
    List<DoorRecord> named =
        batch.records().stream().map(record -> record.by(people.of(record.author()))).toList();
    DoorJudge judge = new DoorJudge(ledger, room, reading, clock);
    judge.learn(named);
    List<Judged> judged = judge.judge(named);
    List<Intake.Reading> readings =
        judged.stream()
            .filter(one -> one.record().presence() == Presence.THERE)
            .map(one -> one.reading(room.id(), reading.sendsByItself()))
            .toList();
    try {
      Intake.Taken taken =
          intake.take(readings, taking -> inOneTransaction(room.id(), batch, taking));
      round.recorded(judged.size(), taken.sent());
    } catch (Cursors.CursorMoved moved) {
      LOG.info("{}", moved.getMessage());
    }
  }

  /** What was read and how far: both or neither. */
  private void inOneTransaction(ConnectionId connection, DoorBatch batch, Runnable taking) {
    Runnable recording =
        () -> {
          taking.run();
          seen(connection, batch.records());
          codesWereRead(connection, batch);
          ledger.doorReadings().lookedAt(connection, batch.step().hints());
        };
    if (batch.step().isHinted()) {
      ledger.together(
          () -> {
            recording.run();
            return null;
          });
    } else {
      ledger
          .doorReadings()
          .advance(
              connection,
              batch.step().cursor(),
              batch.step().through(),
              batch.through(),
              recording);
    }
  }

  private void seen(ConnectionId connection, List<DoorRecord> records) {
    Map<String, List<Long>> gone = new HashMap<>();
    Map<String, Map<Long, DoorRecords.Seen>> there = new HashMap<>();
    for (DoorRecord record : records) {
      if (record.presence() == Presence.GONE) {
        gone.computeIfAbsent(record.entity(), none -> new ArrayList<>()).add(record.procoreId());
      } else {
        there
            .computeIfAbsent(record.entity(), none -> new HashMap<>())
            .put(
                record.procoreId(),
                new DoorRecords.Seen(record.facts().status(), record.facts().updated()));
      }
    }
    gone.forEach((entity, ids) -> intake.gone(connection, entity, ids));
    there.forEach((entity, seen) -> ledger.doorRecords().seen(connection, entity, seen));
  }

  /** A project that was read brought its codes. */
  private void codesWereRead(ConnectionId connection, DoorBatch batch) {
    batch.records().stream()
        .filter(record -> record.entity().equals(DoorEvents.PROJECT))
        .filter(record -> batch.step().resource() != DoorResource.COST_CODES)
        .forEach(
            record ->
                ledger
                    .doorReadings()
                    .takeTurn(
                        connection,
                        DoorResource.COST_CODES.cursor(record.procoreId()),
                        Duration.ZERO));
  }

  /** Step: looks again at what waited for others; no call is made for it. */
  public void lookAgain(Exchange exchange) {
    lookAgain(exchange.getProperty(ROUND, DoorRound.class));
  }

  private void lookAgain(DoorRound round) {
    ConnectionRoom room = rooms.of(round.connection());
    boolean every = lookedAtAll.put(room.id(), room) != room;
    int sent =
        new WaitingRecords(ledger, room, settings.apply(room.id()), intake, clock).look(every);
    round.recorded(0, sent);
    if (round.records() > 0 || round.sent() > 0) {
      LOG.info(
          "read connection='{}' records='{}' sent='{}' problems='{}'",
          room.id(),
          round.records(),
          round.sent(),
          round.problems().size());
    }
  }

  /** Reads and records one connection now, as {@code tieback sync door} does. */
  public Report sync(ConnectionId connection) {
    DoorRound round = new DoorRound(connection, true);
    for (DoorStep step : plan(round)) {
      DoorBatch batch = read(round, step);
      if (batch != null) {
        record(round, batch);
      }
    }
    lookAgain(round);
    return new Report(round.records(), round.sent(), round.problems());
  }
}
