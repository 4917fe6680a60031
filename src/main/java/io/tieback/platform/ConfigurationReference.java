package io.tieback.platform;

import io.tieback.platform.keys.AllKeys;
import java.nio.file.Path;

/**
 * The two references that are made of the settings themselves: {@code
 * config/tieback.example.properties} and {@code docs/configuration.md}.
 */
public final class ConfigurationReference {

  /** The example, relative to the project's folder. */
  public static final Path EXAMPLE = Path.of("config", "tieback.example.properties");

  /** The reference, relative to the project's folder. */
  public static final Path DOCUMENT = Path.of("docs", "configuration.md");

  private static final String CONNECTION = "main";
  private static final int WIDTH = 110;

  private ConfigurationReference() {}

  /**
   * The text of the example: what has to be given stands open, everything else is commented out.
   */
  public static String example() {
    StringBuilder text =
        new StringBuilder(
            """
            # Every setting of Tieback. Copy this file to tieback.properties and fill it in; what has no # before it
            # has to be given. Secrets may go into secrets.properties beside it, or into environment variables:
            # ${env:NAME} in a value stands for the variable NAME, and TIEBACK_SERVER_PORT overrides server.port.
            # One setting a line, taken as it stands: no quotes, no escapes. This file is generated (./tieback reference).
            """);
    for (Subject subject : AllKeys.SUBJECTS) {
      text.append("\n# ---- ").append(subject.title()).append(" ----\n");
      if (!subject.introduction().isBlank()) {
        comment(text, subject.introduction());
      }
      subject.keys().forEach(key -> example(text, key));
    }
    return text.toString();
  }

  /** The text of the reference. */
  public static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings

            This page is generated from the settings themselves (`./tieback reference`). `config/tieback.example.properties` lists the same as a file to start from.

            Settings lie in one folder (`--config DIR`, else `config`): `tieback.properties`, and `secrets.properties` for what not everybody should read.
            One setting a line, `key = value`, taken as it stands: no quotes, no escapes; lines that begin with `#` are comments.

            - `${env:NAME}` in a value stands for the environment variable `NAME`; it has to be set.
            - An environment variable `TIEBACK_` + the key in capitals, dots and hyphens as underscores, overrides the files: `server.port` is
              `TIEBACK_SERVER_PORT`, `connection.main.xero.client-secret` is `TIEBACK_CONNECTION_MAIN_XERO_CLIENT_SECRET`. An empty variable does not count.
            - An unknown key ends the start with its file, line and the name that was probably meant; so does a value that is not allowed. Everything that
              is wrong is told at once. An unknown variable `TIEBACK_...` is told as a warning.
            - Lines that begin with `camel.` go to Camel as they are, except those that would undo what Tieback guarantees.
            - Routes see every setting but the secrets as `{{key}}`; periods arrive there in milliseconds.
            - `TIEBACK_MASTER_KEY` holds the key ring that encrypts tokens, instead of `secrets.key-file`.

            Each path says where a relative one starts.

            ## Embedded or external database

            `database.mode = embedded` starts a PostgreSQL of Tieback's own below `database.folder`. It is meant for trying out and for small firms. It is a real
            server with fsync on; it listens on the loopback address only, has no socket file, and asks for a password that lies in the folder, readable by its
            owner. Commands (`./tieback dead-letters list`, ...) use the server that a running connector started; the last one out stops it. After a `kill -9`
            the server stays up until the next start, which uses it and stops it at its end. As root it runs in a user namespace of its own
            (`unshare -U`); where those are forbidden, run Tieback as an ordinary user. To back it up, stop Tieback and copy the folder.

            Everybody else sets `database.mode = external`: a PostgreSQL that is backed up, watched and updated as usual.
            """);
    for (Subject subject : AllKeys.SUBJECTS) {
      text.append("\n## ").append(subject.title()).append("\n\n");
      if (!subject.introduction().isBlank()) {
        text.append(subject.introduction()).append("\n\n");
      }
      subject.keys().forEach(key -> document(text, key));
    }
    return text.toString();
  }

  private static void example(StringBuilder text, Key<?> key) {
    text.append("\n");
    comment(text, key.description());
    comment(
        text,
        "Allowed: "
            + key.type().allowed()
            + key.pathBase().map(base -> "; a relative one starts in " + words(base)).orElse("")
            + "."
            + standard(key)
            + required(key));
    boolean open = key.requirement().filter(ConfigurationReference::holdsByDefault).isPresent();
    text.append(open ? "" : "#")
        .append(key.name(CONNECTION))
        .append(" = ")
        .append(key.example())
        .append("\n");
  }

  private static void document(StringBuilder text, Key<?> key) {
    text.append("### `").append(key.name()).append("`\n\n");
    text.append(key.description()).append("\n\n");
    text.append("- Allowed: ").append(key.type().allowed()).append("\n");
    text.append("- ")
        .append(key.standard().map(value -> "Default: `" + value + "`").orElse("No default"))
        .append(required(key).replace(" Required", "; required").replaceFirst("\\.$", ""))
        .append("\n");
    if (!key.example().equals(key.standard().orElse(null))) {
      text.append("- Example: `").append(key.example()).append("`\n");
    }
    key.pathBase()
        .ifPresent(
            base -> text.append("- A relative path starts in ").append(words(base)).append("\n"));
    if (key.secret()) {
      text.append("- Secret: never shown\n");
    }
    text.append("\n");
  }

  private static boolean holdsByDefault(Key.Requirement requirement) {
    return requirement.other() == null
        || requirement.other().standard().filter(requirement.value()::equals).isPresent();
  }

  private static String standard(Key<?> key) {
    return key.standard().map(value -> " Default: " + value + ".").orElse("");
  }

  private static String required(Key<?> key) {
    return key.requirement()
        .map(
            requirement ->
                requirement.other() == null
                    ? " Required."
                    : " Required when "
                        + requirement.other().name()
                        + " is "
                        + requirement.value()
                        + ".")
        .orElse("");
  }

  private static String words(Key.PathBase base) {
    return switch (base) {
      case WORKING_FOLDER -> "the folder where Tieback was started";
      case CONFIGURATION_FOLDER -> "the configuration folder";
      case HOME_FOLDER -> "the folder where Tieback is installed";
    };
  }

  private static void comment(StringBuilder text, String words) {
    StringBuilder line = new StringBuilder("#");
    for (String word : words.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append("\n");
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append("\n");
  }
}
