package run

import (
	"encoding/json"
	"reflect"

	"crossbook/interp/value"
)

// json is the functions of package encoding/json that encode and decode: they see the
// session's types as Go does.
func (p *support) json() map[string]any {
	return map[string]any{
		"Marshal": func(v any) ([]byte, error) {
			x, err := p.texts.JSON(v)
			if err != nil {
				return nil, err
			}
			b, err := json.Marshal(x)
			return b, value.JSONError(err)
		},
		"MarshalIndent": func(v any, prefix, indent string) ([]byte, error) {
			x, err := p.texts.JSON(v)
			if err != nil {
				return nil, err
			}
			b, err := json.MarshalIndent(x, prefix, indent)
			return b, value.JSONError(err)
		},
		"Unmarshal": func(data []byte, v any) error { return p.texts.FromJSON(data, v, false, false) },
	}
}

// encodeJSON is the Encode of an encoder.
func (p *support) encodeJSON(e *json.Encoder, v any) error {
	x, err := p.texts.JSON(v)
	if err != nil {
		return err
	}
	return value.JSONError(e.Encode(x))
}

// decodeJSON is the Decode of a decoder, with its settings.
func (p *support) decodeJSON(d *json.Decoder, v any) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	settings := reflect.ValueOf(d).Elem().FieldByName("d")
	return p.texts.FromJSON(raw, v, settings.FieldByName("useNumber").Bool(), settings.FieldByName("disallowUnknownFields").Bool())
}
