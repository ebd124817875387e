#include "incident/incident.h"

#include <algorithm>

namespace leedswatch::incident {

namespace {

struct SourceName {
    Source source;
    std::string_view name;
};

constexpr SourceName sourceNames[] = {{Source::Observation, "observation"},
                                      {Source::PoliceRadio, "police-radio"},
                                      {Source::ShopRadio, "shop-radio"},
                                      {Source::Telephone, "telephone"},
                                      {Source::Alarm, "alarm"},
                                      {Source::Public, "public"},
                                      {Source::Partner, "partner"}};

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

}  // namespace

std::string_view nameOf(Source source) {
    const auto* found = std::ranges::find_if(sourceNames, [&](const auto& one) { return one.source == source; });
    return found->name;
}

std::optional<Source> sourceFrom(std::string_view name) {
    const auto* found = std::ranges::find_if(sourceNames, [&](const auto& one) { return one.name == name; });
    return found == std::end(sourceNames) ? std::nullopt : std::optional{found->source};
}

const std::vector<Source>& allSources() {
    static const std::vector<Source> sources{Source::Observation, Source::PoliceRadio, Source::ShopRadio,
                                             Source::Telephone,   Source::Alarm,       Source::Public,
                                             Source::Partner};
    return sources;
}

const std::vector<CodeName>& outcomes() {
    static const std::vector<CodeName> all{
        {"arrest", "Arrest"},
        {"advice", "Words of advice"},
        {"penalty", "Fixed penalty notice"},
        {"dispersed", "Dispersed or moved on"},
        {"searched", "Stopped and searched, no further action"},
        {"found-safe", "Found safe"},
        {"ambulance", "Taken into care of the ambulance service"},
        {"recovered", "Property recovered"},
        {"referred", "Referred to a partner"},
        {"repaired", "Made safe or repaired"},
        {"police-only", "Police attended, outcome not known"},
        {"lost", "Lost from view"},
        {"not-attended", "Nobody attended"},
        {"nothing", "Nothing seen"},
        {"false", "False alarm or false call"},
        {"no-action", "No further action"},
    };
    return all;
}

std::string_view outcomeName(std::string_view code) {
    const auto found = std::ranges::find_if(outcomes(), [&](const CodeName& one) { return one.code == code; });
    return found == outcomes().end() ? code : found->name;
}

const std::vector<CodeName>& descriptionFields() {
    static const std::vector<CodeName> fields{{"part", "Part played"},
                                              {"sex", "Sex"},
                                              {"age", "Age"},
                                              {"build", "Build"},
                                              {"height", "Height"},
                                              {"skin", "Appearance"},
                                              {"hair", "Hair, facial hair"},
                                              {"head", "Head wear"},
                                              {"upper", "Upper clothing"},
                                              {"lower", "Lower clothing"},
                                              {"feet", "Footwear"},
                                              {"carrying", "Carrying"},
                                              {"marks", "Distinguishing marks"},
                                              {"direction", "Going towards"}};
    return fields;
}

std::string textOf(const Person& person) {
    const auto part = person.description.find("part");
    std::string text = capitalised(part == person.description.end() ? "person" : part->second) + " " +
                       std::to_string(person.number) + ":";
    if (person.isErased) {
        return text + " erased";
    }
    for (const CodeName& field : descriptionFields()) {
        const auto said = person.description.find(std::string{field.code});
        if (field.code != "part" && said != person.description.end() && !said->second.empty()) {
            text += (text.back() == ':' ? " " : ", ") + said->second;
        }
    }
    return text;
}

}  // namespace leedswatch::incident
