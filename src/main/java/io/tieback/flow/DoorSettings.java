package io.tieback.flow;

import io.tieback.platform.Settings;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.DoorKeys;
import java.time.Duration;

/**
 * Through which door a connection's records are approved (design section 2).
 *
 * @param tieback whether it is Tieback's own: no ERP tab, so none of its endpoints is called
 * @param marks whether records that are in the ERP are marked in Procore; always on the ERP tab
 * @param imports how often suppliers that only the ERP has are looked for
 */
public record DoorSettings(boolean tieback, boolean marks, Duration imports) {

  /** Procore's ERP tab. */
  public static final DoorSettings ERP_TAB = new DoorSettings(false, true, Duration.ZERO);

  /** As the settings of a connection say. */
  public static DoorSettings of(Settings settings, String connection) {
    return settings.get(ApprovalKeys.DOOR, connection).equals(ApprovalKeys.TIEBACK)
        ? new DoorSettings(
            true,
            settings.get(DoorKeys.MARK, connection).equals(DoorKeys.ORIGIN_ID),
            settings.get(DoorKeys.IMPORTS, connection))
        : ERP_TAB;
  }
}
