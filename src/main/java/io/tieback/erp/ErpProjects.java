package io.tieback.erp;

import io.tieback.construction.Names;
import java.util.List;
import java.util.Optional;

/**
 * The projects as the ERP keeps them, read afresh.
 *
 * @param place what holds them, as people know it, such as {@code tracking category Project}
 * @param problem why none can be kept there, in a sentence; null when they can
 * @param remedy what a person can do about the problem; blank without one
 * @param most most active projects that it holds
 * @param longestName most characters of a project's name
 * @param all all of them, also those that are no longer active
 */
public record ErpProjects(
    String place, String problem, String remedy, int most, int longestName, List<ErpProject> all) {

  public ErpProjects {
    all = List.copyOf(all);
  }

  /**
   * One project.
   *
   * @param key the ERP's key
   * @param name its name
   * @param active whether it can stand on new documents
   */
  public record ErpProject(String key, String name, boolean active) {}

  /** How many are active. */
  public long active() {
    return all.stream().filter(ErpProject::active).count();
  }

  /** The one with this key. */
  public Optional<ErpProject> withKey(String key) {
    return all.stream().filter(project -> project.key().equalsIgnoreCase(key)).findFirst();
  }

  /**
   * Whether several active ones have this name: then nobody but a person can tell which is meant.
   */
  public boolean severalNamed(String name) {
    return all.stream()
            .filter(ErpProject::active)
            .filter(project -> Names.folded(project.name()).equals(Names.folded(name)))
            .count()
        > 1;
  }

  /** The one of this name, compared as people do; one that is active comes before others. */
  public Optional<ErpProject> named(String name) {
    List<ErpProject> same =
        all.stream()
            .filter(project -> Names.folded(project.name()).equals(Names.folded(name)))
            .toList();
    return same.stream().filter(ErpProject::active).findFirst().or(() -> same.stream().findFirst());
  }
}
