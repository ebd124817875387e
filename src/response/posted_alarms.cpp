#include "response/posted_alarms.h"

#include "estate/answer_requests.h"
#include "response/alarm_change.h"
#include "response/alarm_rows.h"

namespace leedswatch::response {

namespace {

AlarmClass classOf(const estate::AnswerRequest& request) {
    if (request.source == "welfare") {
        return AlarmClass::Welfare;
    }
    return request.source == "tamper" ? AlarmClass::CameraTamper : AlarmClass::Video;
}

/// "Camera 12, Briggate north".
std::string placeOf(soci::session& sql, estate::CameraId camera) {
    const long long id = camera.value();
    int number = 0;
    std::string name;
    std::string site;
    sql << "SELECT number, name, site FROM camera WHERE id = :id", soci::use(id, "id"), soci::into(number),
        soci::into(name), soci::into(site);
    if (!sql.got_data()) {
        return "A camera that is not in the list any more";
    }
    return "Camera " + std::to_string(number) + " " + name + (site.empty() ? "" : ", " + site);
}

/// Of what is answered already: a line of its record. Closed meanwhile: nobody needs it.
void enterNews(AlarmChange& changes, const estate::AnswerRequest& request) {
    if (const auto alarm = selectOpenAlarm(changes.sql(), request.subject)) {
        changes.enter(*alarm, EntryKind::Note, request.words);
    }
}

NewAlarm alarmFor(soci::session& sql, const estate::AnswerRequest& request) {
    NewAlarm alarm;
    alarm.alarmClass = classOf(request);
    if (request.camera.isValid()) {
        alarm.joinKey =
            "camera " + std::to_string(request.camera.value()) + " " + std::string{infoOf(alarm.alarmClass).code};
        alarm.camera = request.camera;
        alarm.place = placeOf(sql, request.camera);
    } else {
        alarm.joinKey = request.subject;
        alarm.premises = request.premises;
        alarm.place = request.place;
    }
    alarm.what = request.words;
    alarm.raised = request.at;
    return alarm;
}

}  // namespace

base::Result<int> raisePosted(store::Database& database, int most) {
    return database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const access::Acting station = access::Acting::station();
        AlarmChange changes{transaction, station};
        const auto requests = estate::selectAnswerRequests(transaction.sql(), most);
        for (const estate::AnswerRequest& request : requests) {
            if (request.source == "heard-of") {
                enterNews(changes, request);
            } else {
                changes.raise(alarmFor(transaction.sql(), request));
            }
            estate::removeAnswerRequest(transaction.sql(), request.id);
        }
        changes.finish("alarms.raised", "alarms");
        return static_cast<int>(requests.size());
    });
}

}  // namespace leedswatch::response
