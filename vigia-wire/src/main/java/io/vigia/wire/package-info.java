/**
 * Bytes and files from and to core's types: pipeline files, events, decisions, problems.
 *
 * <p>Here belongs every format: YAML with positions, JSON, CSV, CloudEvents, the JSON Schema of the
 * pipeline file. Both directions of one format stay together. Meaning does not belong here: what a
 * pipeline may say is checked in {@code vigia-core}; how bytes travel (topics, requests, files
 * being watched) is the affair of the modules that own the transport.
 */
@NullMarked
package io.vigia.wire;

import org.jspecify.annotations.NullMarked;
