package io.vigia.wire.pipeline;

/** The pipeline that the design describes: as a whole, and without absence and actions. */
final class DesignExample {
  static final String WHOLE =
      """
      # yaml-language-server: $schema=./vigia.schema.json
      vigia: 1
      pipeline: card-fraud

      streams:
        payments:
          id: payment_id              # unique within its key; default: CloudEvents source + id
          time: created_at            # event time; default: the CloudEvents time, else arrival
          key: card                   # partitions the topic; events of one key keep their order
          dedupe: 1h                  # how long a repeated id is recognised; memory: 24 bytes an event of the horizon
          out_of_order: 30s           # how late an event may come for timers and absence
          fields:
            payment_id: string
            created_at: timestamp
            card: string
            device: string?           # ? = optional
            merchant: string
            amount: decimal           # exact
            country: string
          decide: {deadline: 250ms, fallback: review}
        chargebacks:
          id: payment_id
          time: reported_at
          key: merchant
          fields: {payment_id: string, reported_at: timestamp, merchant: string, fraud: int}
        heartbeats:
          time: sent_at
          id: beat_id
          key: terminal
          fields: {beat_id: string, sent_at: timestamp, terminal: string}

      features:
        card_count_5m:     {on: payments, by: card, count: true, over: 5m}
        card_spend_1h:     {on: payments, by: card, sum: amount, over: 1h}
        card_countries_1d: {on: payments, by: card, count_distinct: country, over: 1d}
        card_last:         {on: payments, by: card, previous: [country, created_at]}
        pair_count_30d:    {on: payments, by: [card, merchant], count: true, over: 30d}
        device_cards_1d:   {on: payments, by: device, count_distinct: card, over: 1d}
        merchant_risk_30d: {on: chargebacks, by: merchant, mean: fraud, over: 30d, delay: 7d}

      patterns:
        card_testing:
          by: card
          within: 10m
          steps:
            - probe:
                on: payments
                where: 'event.amount < 2.0'
                times: 3..
            - hit:
                on: payments
                where: 'event.amount > 500.0 && event.country != probe.last.country'
        terminal_silent: {by: terminal, on: heartbeats, absent: 15m}

      lists:
        blocked_cards: {of: string, values: []}

      rules:
        - id: listed
          on: payments
          when: 'event.card in lists.blocked_cards'
          outcome: block
          score: 100
          reason: 'card is on the block list'
        - id: testing
          on: payments
          when: 'matched.card_testing'
          outcome: block
          score: 95
          reason: 'card testing: {{card_count_5m}} payments in 5 minutes'
        - id: velocity
          on: payments
          when: 'card_count_5m > 10 || card_spend_1h > 5000.0'
          outcome: review
          score: 60
          reason: '{{card_spend_1h}} spent in an hour'
        - id: shared_device
          on: payments
          when: 'device_cards_1d >= 4 && merchant_risk_30d > 0.02'
          outcome: challenge
          score: 50
          reason: '{{device_cards_1d}} cards on one device'
          mode: shadow                  # or live, or {rollout: 10}
        - id: terminal_down
          on: terminal_silent           # a timer match is an event of its own, id = hash(pattern, key, due time)
          when: 'true'
          outcome: review
          reason: 'no heartbeat for 15 minutes'

      outcomes: [allow, challenge, review, block]   # from mild to severe; this is the default

      alerts:
        fraud_desk:
          outcomes: [review, block]
          group_by: [card]
          cooldown: 30m
          actions: [desk]

      actions:
        desk:
          webhook: {url: '${DESK_URL}', secret: '${DESK_SECRET}'}

      tests:
        - name: three probes and a hit are blocked
          given:                        # `at` sets the time field
            - payments: {payment_id: 'p{{n}}', card: c1, merchant: m, amount: 1, country: PT}
              at: 0s
              times: 3
              every: 20s
            - payments: {payment_id: p9, card: c1, merchant: m, amount: 900, country: RU}
              at: 2m
          expect:
            p9: {outcome: block, rules: [testing]}
      """;

  static final String BUILT =
      """
      # yaml-language-server: $schema=./vigia.schema.json
      vigia: 1
      pipeline: card-fraud

      streams:
        payments:
          id: payment_id              # unique within its key; default: CloudEvents source + id
          time: created_at            # event time; default: the CloudEvents time, else arrival
          key: card                   # partitions the topic; events of one key keep their order
          dedupe: 1h                  # how long a repeated id is recognised; memory: 24 bytes an event of the horizon
          out_of_order: 30s           # how late an event may come for timers and absence
          fields:
            payment_id: string
            created_at: timestamp
            card: string
            device: string?           # ? = optional
            merchant: string
            amount: decimal           # exact
            country: string
          decide: {deadline: 250ms, fallback: review}
        chargebacks:
          id: payment_id
          time: reported_at
          key: merchant
          fields: {payment_id: string, reported_at: timestamp, merchant: string, fraud: int}
        heartbeats:
          time: sent_at
          id: beat_id
          key: terminal
          fields: {beat_id: string, sent_at: timestamp, terminal: string}

      features:
        card_count_5m:     {on: payments, by: card, count: true, over: 5m}
        card_spend_1h:     {on: payments, by: card, sum: amount, over: 1h}
        card_countries_1d: {on: payments, by: card, count_distinct: country, over: 1d}
        card_last:         {on: payments, by: card, previous: [country, created_at]}
        pair_count_30d:    {on: payments, by: [card, merchant], count: true, over: 30d}
        device_cards_1d:   {on: payments, by: device, count_distinct: card, over: 1d}
        merchant_risk_30d: {on: chargebacks, by: merchant, mean: fraud, over: 30d, delay: 7d}

      patterns:
        card_testing:
          by: card
          within: 10m
          steps:
            - probe:
                on: payments
                where: 'event.amount < 2.0'
                times: 3..
            - hit:
                on: payments
                where: 'event.amount > 500.0 && event.country != probe.last.country'

      lists:
        blocked_cards: {of: string, values: []}

      rules:
        - id: listed
          on: payments
          when: 'event.card in lists.blocked_cards'
          outcome: block
          score: 100
          reason: 'card is on the block list'
        - id: testing
          on: payments
          when: 'matched.card_testing'
          outcome: block
          score: 95
          reason: 'card testing: {{card_count_5m}} payments in 5 minutes'
        - id: velocity
          on: payments
          when: 'card_count_5m > 10 || card_spend_1h > 5000.0'
          outcome: review
          score: 60
          reason: '{{card_spend_1h}} spent in an hour'
        - id: shared_device
          on: payments
          when: 'device_cards_1d >= 4 && merchant_risk_30d > 0.02'
          outcome: challenge
          score: 50
          reason: '{{device_cards_1d}} cards on one device'
          mode: shadow                  # or live, or {rollout: 10}
        - id: terminal_down
          on: terminal_silent           # a timer match is an event of its own, id = hash(pattern, key, due time)
          when: 'true'
          outcome: review
          reason: 'no heartbeat for 15 minutes'

      outcomes: [allow, challenge, review, block]   # from mild to severe; this is the default

      alerts:
        fraud_desk:
          outcomes: [review, block]
          group_by: [card]
          cooldown: 30m

      tests:
        - name: three probes and a hit are blocked
          given:                        # `at` sets the time field
            - payments: {payment_id: 'p{{n}}', card: c1, merchant: m, amount: 1, country: PT}
              at: 0s
              times: 3
              every: 20s
            - payments: {payment_id: p9, card: c1, merchant: m, amount: 900, country: RU}
              at: 2m
          expect:
            p9: {outcome: block, rules: [testing]}
      """;

  private DesignExample() {}
}
