/** Holds patterns against Flink's CEP library. */
@NullMarked
package io.vigia.flink.cep;

import org.jspecify.annotations.NullMarked;
