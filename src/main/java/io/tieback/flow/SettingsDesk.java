package io.tieback.flow;

import io.tieback.ledger.Ledger;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.SettingsException;
import io.tieback.platform.keys.LiveKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that may change while Tieback runs ({@link LiveKeys}). A change is checked with all
 * the others before it is kept, counts on this node at once and on the others at their next look.
 */
public final class SettingsDesk {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsDesk.class);
  private static final String WHERE = "changed in the console";

  private final Ledger ledger;
  private final Settings files;
  private final ConnectionRooms rooms;
  private final Function<Settings, Collection<ConnectionRoom>> build;
  private Settings current;
  private long seen = -1;

  /**
   * Wires it.
   *
   * @param files what the files and the environment say
   * @param build the connections with other settings; throws when they contradict each other
   */
  public SettingsDesk(
      Ledger ledger,
      Settings files,
      ConnectionRooms rooms,
      Function<Settings, Collection<ConnectionRoom>> build) {
    this.ledger = ledger;
    this.files = files;
    this.rooms = rooms;
    this.build = build;
    this.current = files;
  }

  /** The settings in force. */
  public synchronized Settings current() {
    return current;
  }

  /**
   * Takes up what was changed since the last look, here or on another node. Changes that no longer
   * fit the files (a connection was removed, a value is not allowed any more) are passed over with
   * an error in the log; the others count.
   */
  public synchronized void takeUp() {
    long latest = ledger.settingChanges().latest();
    if (latest == seen) {
      return;
    }
    Map<String, String> changes = fitting(ledger.settingChanges().inForce());
    Settings wanted = files.with(changes, WHERE);
    rooms.replace(build.apply(wanted));
    current = wanted;
    seen = latest;
  }

  private Map<String, String> fitting(Map<String, String> changes) {
    Map<String, String> taken = new LinkedHashMap<>();
    changes.forEach(
        (name, value) -> {
          Map<String, String> tried = new LinkedHashMap<>(taken);
          tried.put(name, value);
          try {
            tryOut(files.with(tried, WHERE));
            taken.put(name, value);
          } catch (SettingsException | IllegalArgumentException unfit) {
            LOG.error(
                "a setting of the console does not count name='{}' why='{}' remedy='set it anew in"
                    + " the console'",
                name,
                unfit.getMessage());
          }
        });
    return taken;
  }

  /** Some values contradict each other only when they are put to use. */
  private void tryOut(Settings wanted) {
    if (build.apply(wanted).size() != wanted.connections().size()) {
      throw new IllegalStateException("a connection was left out of " + wanted);
    }
  }

  /**
   * Changes a setting.
   *
   * @param connection whose, or blank for the whole deployment
   * @param wholeName the whole name
   * @param value as it would stand in the file, or null to go back to what the files say
   * @param who who changes it, for the audit trail
   * @throws SettingsException saying what is wrong; nothing is changed then
   */
  public synchronized void change(String connection, String wholeName, String value, String who) {
    Key<?> key =
        LiveKeys.of(wholeName, connection)
            .orElseThrow(
                () ->
                    refused(
                        wholeName
                            + " cannot be changed while Tieback runs. Change it in "
                            + Settings.FILE
                            + " and start Tieback again"));
    if (files.fixedByEnvironment(wholeName)) {
      throw refused(
          wholeName
              + " is set by the environment variable "
              + Key.environmentName(wholeName)
              + ", which counts over the console. Change it there, or remove it");
    }
    String text = value == null || value.isBlank() ? null : value.strip();
    if (text != null && text.contains("${")) {
      throw refused(wholeName + " may not name a variable here: write the value itself");
    }
    takeUp();
    String previous = valueOf(wholeName).orElse(null);
    Map<String, String> changes = fitting(ledger.settingChanges().inForce());
    if (text == null) {
      changes.remove(wholeName);
    } else {
      changes.put(wholeName, text);
    }
    try {
      tryOut(files.with(changes, WHERE));
    } catch (IllegalArgumentException contradiction) {
      throw refused(contradiction.getMessage());
    }
    ledger
        .settingChanges()
        .change(connection, wholeName, text, key.secret() ? null : previous, who);
    takeUp();
  }

  private Optional<String> valueOf(String wholeName) {
    return current.lines().stream()
        .filter(line -> line.name().equals(wholeName))
        .map(Settings.Line::value)
        .findFirst();
  }

  private static SettingsException refused(String why) {
    return new SettingsException(List.of(why));
  }
}
