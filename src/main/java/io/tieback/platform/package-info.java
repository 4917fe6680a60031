/**
 * What the product stands on: settings, secrets, the database's start, the routes and their reload,
 * health and metrics, and the Camel application itself. Knows no other room (decision 0002).
 */
package io.tieback.platform;
