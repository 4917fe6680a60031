package io.tieback.sandbox.procore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Standard cost codes, cost types of cost codes, and where projects stand with the ERP tab. */
final class WorkBreakdown {

  /** A code of a company's standard list; {@code code} is the leaf, {@code fullCode} the path. */
  record StandardCode(
      long id,
      long companyId,
      long listId,
      Long parentId,
      String code,
      String fullCode,
      String name) {}

  /** A cost type of a cost code. */
  record Assignment(long costCodeId, long lineItemTypeId) {}

  final Map<Long, StandardCode> standardCodes = new LinkedHashMap<>();

  /** The one list that the ERP tab made, by company. */
  final Map<Long, Long> erpLists = new HashMap<>();

  /** Projects that use another list than the ERP's. */
  final Map<Long, Long> listOfProject = new HashMap<>();

  final Set<Long> inactiveProjects = new HashSet<>();
  final Set<Long> readyProjects = new HashSet<>();

  /** Request details from before a reset: they say nothing of where the project stands now. */
  final Set<Long> outdatedDetails = new HashSet<>();

  /** Cost types of cost codes; a cost code that is not in it has all of its company. */
  final Map<Long, List<Long>> typesOfCode = new HashMap<>();

  /** What was entered of the addresses of projects, by the API's field names. */
  final Map<Long, com.fasterxml.jackson.databind.node.ObjectNode> addresses = new HashMap<>();

  final Map<Long, Long> parents = new HashMap<>();
  final Map<Long, String> subJobs = new HashMap<>();
  final Set<Assignment> synced = new HashSet<>();

  void clear() {
    for (Map<?, ?> map :
        List.of(standardCodes, erpLists, listOfProject, typesOfCode, addresses, parents, subJobs)) {
      map.clear();
    }
    for (Set<?> set : List.of(inactiveProjects, readyProjects, outdatedDetails)) {
      set.clear();
    }
    synced.clear();
  }

  /** The ids of a cost code's types, of all that its company has. */
  List<Long> typesOf(Model.CostCode code, State state, long companyId) {
    List<Long> given = typesOfCode.get(code.id());
    if (given != null) {
      return given;
    }
    List<Long> all = new ArrayList<>();
    state.lineItemTypes.values().stream()
        .filter(type -> type.companyId() == companyId)
        .forEach(type -> all.add(type.id()));
    return all;
  }
}
