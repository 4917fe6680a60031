package io.tieback.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.CorrectionCheck;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetterFilter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ReplayRun;
import io.tieback.ledger.ReplayRuns;
import io.tieback.ledger.Replays;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback dead-letters}: what needs a person; works beside a running connector or without
 * one.
 */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists, shows, replays and discards what needs a person.",
    subcommands = {
      DeadLettersCommand.Listing.class,
      DeadLettersCommand.Show.class,
      DeadLettersCommand.Replay.class,
      DeadLettersCommand.Discard.class
    })
final class DeadLettersCommand implements Callable<Integer> {

  private static final int MOST = 10_000;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: dead-letters list, show, replay or discard");
  }

  /** Lists them. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists dead letters, newest first.")
  static final class Listing implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Option(names = "--connection", paramLabel = "NAME", description = "Only of this connection.")
    String connection;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        defaultValue = "open",
        description = "open, replayed, discarded, superseded or all. Default: ${DEFAULT-VALUE}.")
    String state;

    @Option(
        names = "--text",
        paramLabel = "WORDS",
        description = "Only with this text in message, remedy, route or key.")
    String text;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      if (!List.of("open", "replayed", "discarded", "superseded", "all").contains(state)) {
        throw new ParameterException(
            spec.commandLine(),
            "--state " + state + " is none of open, replayed, discarded, superseded, all");
      }
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionId only =
            connection == null
                ? null
                : Choice.connection(deployment, connection, spec.commandLine());
        List<DeadLetter> letters =
            deployment
                .ledger()
                .deadLetters()
                .list(new DeadLetters.Filter(only, state.equals("all") ? null : state, text, MOST));
        for (DeadLetter letter : letters) {
          out.println(new DeadLetterText(deployment, letter).brief());
        }
        out.println(
            letters.isEmpty()
                ? "No dead letters."
                : letters.size()
                    + (letters.size() == 1 ? " dead letter" : " dead letters")
                    + ". './tieback dead-letters show NUMBER"
                    + config.again()
                    + "' tells the whole story.");
        out.flush();
        return 0;
      }
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one dead letter with its payload, its history and its cause.")
  static final class Show implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Parameters(paramLabel = "NUMBER", description = "Number of the dead letter.")
    long id;

    @Option(
        names = "--payload",
        paramLabel = "FILE",
        description =
            "Writes the record's part of Procore's event into this file, to be corrected and given"
                + " to 'replay --payload'.")
    Path payload;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        DeadLetter letter = find(deployment, id);
        out.println(new DeadLetterText(deployment, letter).full());
        if (payload != null) {
          JsonNode event = Json.read(letter.exchange()).path("event");
          if (!event.isObject()) {
            throw new IllegalStateException(
                "dead letter "
                    + id
                    + " has no payload that could be corrected here: correct it at its source and"
                    + " replay it as it was");
          }
          Files.writeString(payload, event.toPrettyString() + "\n", StandardCharsets.UTF_8);
          out.println();
          out.println(
              "The payload is in "
                  + payload
                  + ". Correct it, then: ./tieback dead-letters replay "
                  + id
                  + " --payload "
                  + payload
                  + config.again());
        }
        out.flush();
        return 0;
      }
    }
  }

  /** Replays one or many. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description =
          "Puts records back on their way, as they were or corrected. Works without a running"
              + " connector: it goes on at the next start.")
  static final class Replay implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Parameters(arity = "0..*", paramLabel = "NUMBER", description = "Numbers of the dead letters.")
    List<Long> ids;

    @Option(names = "--all", description = "All open ones, narrowed by --kind and --connection.")
    boolean all;

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "With --all: only this kind of failure: ${COMPLETION-CANDIDATES}.")
    FailureKind kind;

    @Option(
        names = "--connection",
        paramLabel = "NAME",
        description = "With --all: only of this connection.")
    String connection;

    @Option(
        names = "--payload",
        paramLabel = "FILE",
        description =
            "JSON that takes the place of the record's part of Procore's event; for one dead"
                + " letter.")
    Path payload;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      boolean named = ids != null && !ids.isEmpty();
      if (named == all) {
        throw new ParameterException(spec.commandLine(), "name numbers, or --all");
      }
      if (named && (kind != null || connection != null)) {
        throw new ParameterException(spec.commandLine(), "--kind and --connection go with --all");
      }
      if (payload != null && (!named || ids.size() != 1)) {
        throw new ParameterException(spec.commandLine(), "--payload goes with exactly one number");
      }
      try (Deployment deployment = Deployment.open(config.folder)) {
        if (payload != null) {
          Replays replays = deployment.ledger().replays();
          String corrected = Files.readString(payload, StandardCharsets.UTF_8);
          requireUsable(deployment, ids.get(0), corrected);
          replays.replay(ids.get(0), SyncCommand.user(), Optional.of(corrected));
          out.println("Dead letter " + ids.get(0) + " goes again with the corrected payload.");
          out.flush();
          return 0;
        }
        ReplayRuns runs = deployment.ledger().replayRuns();
        ReplayRun run =
            named
                ? runs.replayHere(known(deployment, out), SyncCommand.user(), one -> tell(one, out))
                : runs.replayHere(wanted(deployment), SyncCommand.user(), one -> tell(one, out));
        int asked = named ? (int) ids.stream().distinct().count() : run.total();
        out.println(run.done() + " of " + asked + " go again.");
        if (run.left() > 0) {
          out.println("The running connector goes on with the other " + run.left() + ".");
        }
        out.flush();
        return run.done() == asked ? 0 : 1;
      }
    }

    /** A correction stays with its record and can be read; what is no JSON is told on replaying. */
    private static void requireUsable(Deployment deployment, long id, String corrected) {
      deployment
          .ledger()
          .deadLetters()
          .story(id)
          .filter(story -> story.payload() != null)
          .flatMap(
              story ->
                  json(corrected)
                      .flatMap(json -> CorrectionCheck.of(deployment.ledger(), story, json)))
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(problem.sentence());
              });
    }

    private static Optional<JsonNode> json(String text) {
      try {
        return Optional.of(Json.read(text));
      } catch (IllegalArgumentException noJson) {
        return Optional.empty();
      }
    }

    /** Numbers that stand for none are said, and hold up no other. */
    private List<Long> known(Deployment deployment, PrintWriter out) {
      return ids.stream()
          .distinct()
          .filter(
              id -> {
                boolean known = deployment.ledger().deadLetters().find(id).isPresent();
                if (!known) {
                  out.println("Dead letter " + id + " stays: there is none of this number.");
                }
                return known;
              })
          .toList();
    }

    private static void tell(ReplayRun.Letter letter, PrintWriter out) {
      out.println(
          "Dead letter "
              + letter.letterId()
              + (letter.outcome().equals("done") ? " goes again." : " stays: " + letter.problem()));
    }

    private DeadLetterFilter wanted(Deployment deployment) {
      ConnectionId only =
          connection == null ? null : Choice.connection(deployment, connection, spec.commandLine());
      return DeadLetterFilter.open().of(only).ofKind(kind == null ? null : kind.name());
    }
  }

  /** Discards one. */
  @Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description = "Decides that a record shall not go out; Procore is told so.")
  static final class Discard implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Parameters(paramLabel = "NUMBER", description = "Number of the dead letter.")
    long id;

    @Option(
        names = "--reason",
        paramLabel = "WORDS",
        required = true,
        description = "Why; kept for good, and told to Procore.")
    String reason;

    @Override
    public Integer call() {
      if (reason.isBlank()) {
        throw new ParameterException(
            spec.commandLine(), "--reason is empty; say why the record shall not go out");
      }
      try (Deployment deployment = Deployment.open(config.folder)) {
        find(deployment, id);
        deployment.ledger().replays().discard(id, SyncCommand.user(), reason);
        spec.commandLine().getOut().println("Dead letter " + id + " is discarded.");
        spec.commandLine().getOut().flush();
        return 0;
      }
    }
  }

  private static DeadLetter find(Deployment deployment, long id) {
    return deployment
        .ledger()
        .deadLetters()
        .find(id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no dead letter "
                        + id
                        + "; 'dead-letters list --state all' shows all"));
  }
}
