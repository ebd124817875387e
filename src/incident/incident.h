#pragma once

#include "incident/log_line.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::incident {

/// How the room came to know of it.
enum class Source { Observation, PoliceRadio, ShopRadio, Telephone, Alarm, Public, Partner };

[[nodiscard]] std::string_view nameOf(Source source);  ///< "police-radio": as stored and typed
[[nodiscard]] std::optional<Source> sourceFrom(std::string_view name);
[[nodiscard]] const std::vector<Source>& allSources();

/// A thing that has a code in the store and on command lines, and a name for people.
struct CodeName {
    std::string_view code;
    std::string_view name;
};

/// What came of an incident; reports count by it.
[[nodiscard]] const std::vector<CodeName>& outcomes();
/// The name of an outcome; the code itself if there is none.
[[nodiscard]] std::string_view outcomeName(std::string_view code);

/// What is said of an incident, and may be said otherwise later.
struct Said {
    std::string type = {};  ///< the code of an IncidentType
    int priority = usualPriority;
    Source source = Source::Observation;
    bool isProactive = false;  ///< the operator saw it before anybody told him
    std::optional<int> cameraNumber = {};
    std::string cameraName = {};              ///< the estate's; what is passed in is not looked at
    std::string place = {};                   ///< empty when it is passed in: the camera's name
    std::optional<estate::WardId> ward = {};  ///< none when it is passed in: the camera's
    std::string policeReference = {};         ///< "WYP-20261124-0412"

    bool operator==(const Said&) const = default;
};

/// An incident as it stands.
struct Incident {
    IncidentId id;
    std::string reference = {};  ///< running number in the local year: "2026-000123"
    base::UtcTime opened{};
    std::string openedBy = {};
    Said said = {};
    int version = 1;  ///< grows by one with each change
    base::UtcTime changed{};
    std::string changedBy = {};
    std::optional<base::UtcTime> closed = {};
    std::string outcome = {};  ///< a code of outcomes(); empty while it is open

    [[nodiscard]] bool isOpen() const { return !closed; }
};

/// How a person looked. Only what stands here is asked for: who it is belongs in police records.
using Description = std::map<std::string, std::string>;
/// What can be said of a person: part, sex, age, build, height, hair, upper, lower, …
[[nodiscard]] const std::vector<CodeName>& descriptionFields();

struct Person {
    int number = 0;  ///< 1, 2, 3, … in the incident
    Description description = {};
    base::UtcTime at{};
    std::string who = {};  ///< described them so last
    bool isErased = false;
};

/// "Suspect 1: man, 20 to 25, slim, grey hooded top".
[[nodiscard]] std::string textOf(const Person& person);

/// Something that belongs to an incident: a camera, an alarm, a job, another incident, …
struct Link {
    std::string kind = {};  ///< "camera", "alarm", "job", "incident", "clip", "request", "fault", "lookout"
    std::int64_t key = 0;   ///< the camera's number, the alarm's, the incident's id
    std::string label = {};
    base::UtcTime at{};
    std::string who = {};
};

}  // namespace leedswatch::incident
