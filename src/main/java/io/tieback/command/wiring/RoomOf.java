package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.flow.CompanySettings;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.DoorSettings;
import io.tieback.flow.InvoiceSettings;
import io.tieback.flow.OrderSettings;
import io.tieback.flow.WorkBreakdownSettings;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.PaymentKeys;

/** A connection's room, made of its two sides and of settings, which may be others later. */
final class RoomOf {

  private RoomOf() {}

  static ConnectionRoom settings(
      Settings settings, ConnectionId id, ProcoreSide procore, ErpSide erp) {
    String name = id.value();
    return new ConnectionRoom(
        id,
        procore.connection(),
        procore.client(),
        erp.adapter(),
        InvoiceSettings.of(settings, name, erp.adapter().capabilities()),
        WorkBreakdownSettings.of(settings, name),
        CompanySettings.of(settings, name),
        OrderSettings.of(settings, name),
        ProcoreSide.arithmetic(settings, name),
        Times.of(settings, name),
        new ConnectionRoom.PaymentSettings(
            settings.get(PaymentKeys.DELETED_PAYMENT, name),
            settings.get(PaymentKeys.DAILY_AT, name).getHour(),
            settings.find(PaymentKeys.BACK_FILL_FROM, name).orElse(null)),
        new ConnectionRoom.CostSettings(
            settings.get(PaymentKeys.COSTS_SCHEDULE, name),
            settings.get(PaymentKeys.COSTS_DAILY_AT, name).getHour(),
            settings.find(PaymentKeys.COSTS_FROM, name).orElse(null),
            !settings.get(PaymentKeys.EXPORTED_BILLS_AS_COSTS, name).equals("skip")),
        settings.get(ConnectionKeys.TIME_ZONE, name),
        DoorSettings.of(settings, name));
  }
}
