package io.tieback.erp;

/**
 * One line of {@code doctor}.
 *
 * @param subject what was looked at
 * @param ok whether it is as it must be
 * @param found what was found; never a secret
 * @param remedy what to do when it is not; blank when it is
 */
public record SetupFinding(String subject, boolean ok, String found, String remedy) {}
