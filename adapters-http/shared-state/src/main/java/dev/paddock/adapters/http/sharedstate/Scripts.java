package dev.paddock.adapters.http.sharedstate;

/**
 * What the store does in one step. All times are those of the store, so the clocks of the processes need not agree. Scripts are sent as text
 * each time: they are short, and a store that has forgotten them needs no second question.
 */
final class Scripts {

    /**
     * Reads the generation of answers and the token of models, and brings both up to date: a generation never goes back, also not after a
     * restart from an older copy. Where the store refuses to write, they are deleted instead, so that no process takes old answers for valid.
     * Keys: generation, models, members, probe. Arguments: the known generation, 1 if answers were removed, a new token or nothing, this
     * process if it shares limits or nothing, the time after which a process without a sign of life is none.
     */
    static final String SYNCHRONIZE =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local refused = ''
            local function write(...)
              local reply = redis.pcall(...)
              if type(reply) == 'table' and reply.err then
                refused = reply.err
                return false
              end
              return true
            end
            local known = tonumber(ARGV[1])
            local generation = tonumber(redis.call('GET', KEYS[1]) or 0)
            local wanted = math.max(generation, known)
            if ARGV[2] == '1' and generation >= known then wanted = generation + 1 end
            if wanted == 0 then wanted = now end
            if wanted ~= generation then
              if write('SET', KEYS[1], string.format('%.0f', wanted)) then
                generation = wanted
              else
                redis.pcall('DEL', KEYS[1])
                generation = 0
              end
            end
            local models = redis.call('GET', KEYS[2])
            if ARGV[3] ~= '' and models ~= ARGV[3] then
              if write('SET', KEYS[2], ARGV[3]) then
                models = ARGV[3]
              else
                redis.pcall('DEL', KEYS[2])
                models = false
              end
            end
            local members = 0
            if ARGV[4] ~= '' then
              write('ZADD', KEYS[3], now, ARGV[4])
              redis.pcall('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[5])
              members = redis.call('ZCARD', KEYS[3])
            end
            write('SET', KEYS[4], now, 'PX', 60000)
            return {string.format('%.0f', generation), models or '', tostring(members), refused}
            """;

    /**
     * Takes a token from a bucket, and returns the microseconds until there is one; 0 when it was taken. A bucket that is later than the
     * clock of the store, which was set back, is written anew: tokens are added from now on, and not when the clock is there again. Key: the
     * bucket. Arguments: the microseconds in which a token is added, the size of the bucket.
     */
    static final String TAKE_TOKEN =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local interval = tonumber(ARGV[1])
            local size = tonumber(ARGV[2])
            local tokens, wait, isLater = size, 0, false
            local stored = redis.call('GET', KEYS[1])
            if stored then
              local left, since = string.match(stored, '^(%S+) (%S+)$')
              isLater = tonumber(since) > now
              tokens = math.min(size, tonumber(left) + math.max(0, now - tonumber(since)) / interval)
            end
            if tokens < 1 then
              wait = math.max(1, math.ceil((1 - tokens) * interval))
              if not isLater then return wait end
            else
              tokens = tokens - 1
            end
            local full = math.ceil((size - tokens) * interval / 1000) + 1000
            redis.call('SET', KEYS[1], string.format('%.9f %.0f', tokens, now), 'PX', string.format('%.0f', full))
            return wait
            """;

    /**
     * Adds a question to those of semantic caches, and drops the oldest ones. Key: the set of the questions. Arguments: the question, the most
     * questions, the milliseconds for which they are kept.
     */
    static final String ADD_QUESTION =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[3] * 1000))
            local surplus = redis.call('ZCARD', KEYS[1]) - ARGV[2]
            if surplus > 0 then redis.call('ZREMRANGEBYRANK', KEYS[1], 0, surplus - 1) end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 0
            """;

    /** Extends the leases that a holder still has. Keys: the leases. Arguments: the holder, the milliseconds that they last. */
    static final String RENEW =
            """
            for index = 1, #KEYS do
              if redis.call('GET', KEYS[index]) == ARGV[1] then redis.call('PEXPIRE', KEYS[index], ARGV[2]) end
            end
            return 0
            """;

    /** Deletes a lease if a holder has it. Key: the lease. Argument: the holder. */
    static final String RELEASE =
            """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private Scripts() {}
}
