package io.tieback.approval;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What people do besides deciding about records (GEN-PERM). */
public enum Duty {
  /** Looks at lists, items and figures (GEN-PERM-03). */
  VIEW(EnumSet.allOf(Role.class)),
  /** Changes settings (GEN-PERM-10). */
  SETTINGS(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR)),
  /** Changes how often something is read. */
  SCHEDULES(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR)),
  /** Makes users and changes what they may (GEN-PERM-04). */
  USERS(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR)),
  /** Has something read now (GEN-PERM-08, GEN-SCH-05). */
  SYNC_NOW(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR, Role.APPROVER, Role.OPERATOR)),
  /** Links records with their counterparts in the ERP. */
  LINKS(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR)),
  /** Replays dead letters. */
  REPLAY(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR, Role.OPERATOR)),
  /** Discards dead letters. */
  DISCARD(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR, Role.OPERATOR)),
  /** Sees who may approve what (GEN-PERM-20). */
  ACCOUNTANT_REPORT(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR)),
  /** Reads the audit trail. */
  AUDIT(EnumSet.of(Role.OWNER, Role.ADMINISTRATOR));

  private final Set<Role> roles;

  Duty(Set<Role> roles) {
    this.roles = roles;
  }

  boolean isOf(Role role) {
    return roles.contains(role);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
