#pragma once

#include "estate/wards.h"
#include "incident/incidents.h"
#include "ui/common/console_context.h"
#include "ui/common/form_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>
#include <map>
#include <string>
#include <vector>

namespace leedswatch::ui {

class IncidentTypeList;

/// The types that are in use, each under the one that it is a kind of; data: the code.
void fillTypeChoice(QComboBox& choice, const IncidentTypeList& types);

/// What is said of an incident, and for one that is to be opened its first line.
class SaidForm final : public QWidget {
    Q_OBJECT

public:
    SaidForm(const IncidentTypeList& types, const std::vector<estate::Ward>& wards, const incident::Said& said,
             bool isNew, QWidget* parent = nullptr);

    [[nodiscard]] incident::Said said() const;
    [[nodiscard]] std::string text() const;

private:
    const incident::Said m_before;
    QComboBox* m_type;
    QComboBox* m_priority;
    QComboBox* m_source;
    QCheckBox* m_isProactive;
    QLineEdit* m_camera;
    QLineEdit* m_place;
    QComboBox* m_ward;
    QLineEdit* m_police;
    QPlainTextEdit* m_text;
};

/// How a person looked: a field for each thing that can be said, and no other.
class PersonForm final : public QWidget {
    Q_OBJECT

public:
    /// `persons`: who have been described already and may be described anew.
    explicit PersonForm(std::vector<incident::Person> persons, QWidget* parent = nullptr);

    [[nodiscard]] int number() const;  ///< 0: another person
    [[nodiscard]] incident::Description description() const;

private:
    void showChosen();

    const std::vector<incident::Person> m_persons;
    QComboBox* m_who;
    std::map<std::string, QLineEdit*> m_fields;
};

/// Asks, does it on the dialog's worker, and goes by itself when it is done. `prepare` is called on the UI thread and
/// reads the fields.
using IncidentWork = std::function<base::Result<void>(incident::Incidents&, const access::Acting&)>;
void openIncidentForm(ConsoleContext& context, const QString& title, const QString& explanation, const QString& action,
                      QWidget* form, std::function<IncidentWork()> prepare, QWidget* parent);

}  // namespace leedswatch::ui
