/** What measurements need of {@code vigia-flink} beyond what it shows. */
@NullMarked
package io.vigia.flink;

import org.jspecify.annotations.NullMarked;
