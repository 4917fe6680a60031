package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.period;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.Duration;
import java.util.List;

/** What Tieback's own door does in Procore. */
public final class DoorKeys {

  /** The origin id of the record itself, as a value of {@link #MARK}. */
  public static final String ORIGIN_ID = "origin-id";

  /** Marks. */
  public static final Key<String> MARK =
      Key.ofConnection("door.mark", oneOf(ORIGIN_ID, "none"))
          .standard(ORIGIN_ID)
          .described(
              "At Tieback's own door: how a record that is in the accounting system is marked in"
                  + " Procore. origin-id: by the record's own origin_id, which locks it there as"
                  + " the ERP tab does. none: not at all; it is linked here alone, and stays open"
                  + " in Procore. Payments and direct costs that Tieback itself writes always bear"
                  + " one: it is how they are found again. Items of invoices and lines of change"
                  + " orders have no public way and are linked here alone in either case.");

  /** How often what only the ERP has is looked for. */
  public static final Key<Duration> IMPORTS =
      Key.ofConnection("door.imports", period(Duration.ofSeconds(1), Duration.ofDays(7)))
          .standard("PT1H")
          .described(
              "At Tieback's own door: how often suppliers that only the accounting system has are"
                  + " looked for, to be offered for import (GEN-ARC-02). Two calls for a thousand"
                  + " companies each time.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Tieback's own door", "For connections whose door is tieback.", List.of(MARK, IMPORTS));

  private DoorKeys() {}
}
