#include "incident/line_checks.h"

#include "base/utf8.h"
#include "base/words.h"
#include "incident/incident_log.h"
#include "incident/incident_rows.h"
#include "incident/incident_types.h"
#include "incident/line_rows.h"

#include <algorithm>
#include <chrono>

namespace leedswatch::incident {

namespace {

using base::ErrorCode;

constexpr std::size_t longestFact = 400;
/// Clocks of two desks differ a little.
constexpr std::chrono::minutes tolerance{1};

std::size_t countCharacters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char character) {
        return (static_cast<unsigned char>(character) & 0xc0U) != 0x80U;
    }));
}

base::Result<Facts> factsOf(const NewLine& wanted) {
    Facts facts;
    for (const BookField& field : fieldsOf(wanted.book)) {
        const std::string words{factOf(wanted.facts, field.code)};
        // What goes on from a line does not say again what that one says.
        if (field.isNeeded && wanted.kind != LineKind::FollowUp && base::isBlank(words)) {
            return base::fail(ErrorCode::InvalidInput,
                              "fill in '" + std::string{field.name} + "', which this book asks for");
        }
        TRY(base::checkWords(words, longestFact));
        if (!base::isBlank(words)) {
            facts.emplace_back(field.code, words);
        }
    }
    return base::Result<Facts>{tl::in_place, std::move(facts)};
}

base::Result<void> checkReferral(soci::session& sql, const NewLine& wanted, LogLine& line) {
    const bool isAbout = wanted.kind == LineKind::Correction || wanted.kind == LineKind::FollowUp;
    if (!isAbout || !wanted.refersTo) {
        if (isAbout || wanted.refersTo || wanted.kind != LineKind::Written) {
            return base::fail(ErrorCode::InvalidInput, "say which line is corrected or gone on from");
        }
        return {};
    }
    const auto about = selectLine(sql, *wanted.refersTo);
    if (!about) {
        return base::fail(ErrorCode::NotFound, "there is no line " + std::to_string(wanted.refersTo->value()));
    }
    // It stands where that line stands.
    line.incident = about->incident;
    line.reference = about->reference;
    line.book = about->book;
    return {};
}

base::Result<void> takeIncident(soci::session& sql, const NewLine& wanted, LogLine& line) {
    if (!wanted.incident || line.incident) {
        return {};
    }
    const auto incident = selectIncident(sql, *wanted.incident);
    if (!incident) {
        return base::fail(ErrorCode::NotFound, "there is no such incident any more: choose it again");
    }
    line.incident = incident->id;
    line.reference = incident->reference;
    line.type = wanted.type.empty() ? incident->said.type : wanted.type;
    return {};
}

}  // namespace

base::Result<void> checkText(const std::string& text, const char* what) {
    const std::string name{what};
    if (base::isBlank(text)) {
        return base::fail(ErrorCode::InvalidInput, name + " is empty: write what happened");
    }
    if (!base::isPlainText(text)) {
        return base::fail(ErrorCode::InvalidInput, name + " holds bytes that are not text: write it again");
    }
    if (countCharacters(text) > IncidentLog::longestText) {
        return base::fail(ErrorCode::InvalidInput, name +
                                                       " is longer than 8,000 characters: split it into more than "
                                                       "one");
    }
    return {};
}

base::Result<CameraPlace> placeOfCamera(soci::session& sql, int number) {
    CameraPlace place;
    long long id = 0;
    sql << "SELECT id, name FROM camera WHERE number = :number", soci::use(number, "number"), soci::into(id),
        soci::into(place.name);
    if (!sql.got_data()) {
        return base::fail(ErrorCode::InvalidInput, "camera " + std::to_string(number) + " is not in the estate");
    }
    if (const auto ward = estate::selectWardOfCamera(sql, estate::CameraId{id})) {
        place.ward = ward->id;
    }
    return place;
}

base::Result<LogLine> lineFrom(soci::session& sql, const NewLine& wanted, base::UtcTime now) {
    TRY(checkText(wanted.text, "the log entry"));
    if (wanted.priority < highestPriority || wanted.priority > lowestPriority) {
        return base::fail(ErrorCode::InvalidInput, "a priority is 1 (at once) to 4 (for information)");
    }
    if (wanted.happened && *wanted.happened > now + tolerance) {
        return base::fail(ErrorCode::InvalidInput,
                          "that has not happened yet: the log says what has; the diary is for "
                          "what is to come");
    }
    LogLine line;
    line.at = now;
    line.happened = wanted.happened;
    line.book = wanted.book;
    line.kind = wanted.kind;
    line.type = wanted.type.empty() ? "occurrence" : wanted.type;
    line.priority = wanted.priority;
    line.refersTo = wanted.refersTo;
    line.cameraNumber = wanted.cameraNumber;
    line.text = wanted.text;
    TRY(checkReferral(sql, wanted, line));
    TRY(takeIncident(sql, wanted, line));
    TRY(requireType(sql, line.type));
    TRY_ASSIGN(line.facts, factsOf(wanted));
    if (wanted.cameraNumber) {
        TRY_ASSIGN(const CameraPlace place, placeOfCamera(sql, *wanted.cameraNumber));
        line.cameraName = place.name;
        line.ward = place.ward;
    }
    return base::Result<LogLine>{tl::in_place, std::move(line)};
}

}  // namespace leedswatch::incident
