package io.tieback.ledger;

import io.tieback.construction.ConnectionId;

/**
 * What somebody may import and export (GEN-PERM-04).
 *
 * @param connection in which connection, or null for every one
 * @param kind for which kind of record, a word such as {@code invoice}, or null for every kind
 * @param canImport may add to Procore
 * @param canExport may let go to the ERP
 */
public record UserRight(
    ConnectionId connection, String kind, boolean canImport, boolean canExport) {

  String words() {
    return (connection == null ? "every connection" : connection.value())
        + " / "
        + (kind == null ? "every kind" : kind)
        + ": "
        + (canImport ? "import" : "no import")
        + ", "
        + (canExport ? "export" : "no export");
  }
}
